import type { Simulation, SimulatedFailure, SimulationTarget } from '@contract/entities/usage'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'

const same = (one: SimulationTarget, other: SimulationTarget): boolean => {
  if (one.kind === 'token') return other.kind === 'token' && one.tokenId === other.tokenId
  return other.kind === 'model' && one.providerId === other.providerId && one.model === other.model
}

export interface TargetSimulation {
  /** The failure that is simulated for the target, or undefined. */
  simulation: Simulation | undefined
  begin: (failure: SimulatedFailure) => void
  end: () => void
}

/** The simulated failure of one key or model. */
export function useSimulation(target: SimulationTarget): TargetSimulation {
  const { data } = useRoute('simulations.list', {})
  const { mutate } = useCommand('simulations.set', { onError: notifyError })
  return {
    simulation: data?.find((each) => same(each.target, target)),
    begin: (failure) => mutate({ target, failure }),
    end: () => mutate({ target, failure: null }),
  }
}

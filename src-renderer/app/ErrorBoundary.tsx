import { Button, Group, Text, Title } from '@mantine/core'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyText } from '@renderer/components/CopyText'
import { errorDetails } from '@renderer/components/error-text'
import classes from './ErrorBoundary.module.css'

interface Props {
  children: ReactNode
  /** When it changes, what failed is tried again: the place the user went to instead. */
  place?: string
}

interface State {
  error: unknown
  failed: boolean
  place: string | undefined
}

/** Catches what a screen throws and shows a page that a person can read, in place of a blank one. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, failed: false, place: this.props.place }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, failed: true }
  }

  static getDerivedStateFromProps({ place }: Props, state: State): Partial<State> | null {
    return place === state.place ? null : { error: null, failed: false, place }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    return this.state.failed ? <Failure error={this.state.error} /> : this.props.children
  }
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation('frame')
  const details = errorDetails(error)
  return (
    <div role="alert" className={classes.page}>
      <Title order={1}>{t('failure.title')}</Title>
      <Text>{t('failure.text')}</Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('failure.reload')}
        </Button>
        <CopyText text={details} label={t('failure.copy')} />
      </Group>
      <pre className={classes.details}>{details}</pre>
    </div>
  )
}

import { describeFaultyTurns } from './faulty-turns'

describeFaultyTurns('anthropic')

import { describeFaultyTurns } from './faulty-turns'

describeFaultyTurns('ollama')

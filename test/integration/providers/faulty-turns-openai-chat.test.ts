import { describeFaultyTurns } from './faulty-turns'

describeFaultyTurns('openai-chat')

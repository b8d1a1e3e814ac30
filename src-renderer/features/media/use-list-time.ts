import { useTranslation } from 'react-i18next'
import { useFormat } from '@renderer/components/format'

/** When a list was had: the time of day of one of today, the day with it of an older one. */
export function useListTime(): (timestamp: string) => string {
  const { i18n } = useTranslation()
  const format = useFormat()
  return (timestamp) => {
    const then = new Date(timestamp)
    const isToday = then.toDateString() === new Date().toDateString()
    return isToday
      ? new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(then)
      : format.moment(timestamp)
  }
}

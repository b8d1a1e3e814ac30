import { useLayoutEffect, useRef, type ComponentProps } from 'react'

const growsByItself = () => typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content')

/** A text field as high as its text; its style sets the limits. */
export function GrowingTextarea({ ref, ...props }: ComponentProps<'textarea'>) {
  const own = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const field = own.current
    // Where `field-sizing: content` is known, no script has to measure while the writer types.
    if (!field || growsByItself()) return
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  })
  return (
    <textarea
      {...props}
      ref={(field) => {
        own.current = field
        if (typeof ref === 'function') return ref(field)
        if (ref) ref.current = field
      }}
    />
  )
}

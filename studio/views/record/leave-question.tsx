import { lazy, type RefObject, Suspense, useState } from 'react'
import { useBlocker } from 'react-router'

const LeaveBox = lazy(() => import('./leave-box.js'))

interface LeaveQuestionProps {
  isDirty: boolean
  /** True once the form itself leads away. */
  isLeaving: RefObject<boolean>
  /** Saves and tells whether it was done; the form then leads on by itself. */
  onSave: () => Promise<boolean>
  onDiscard: () => void
}

/** Asks before changes are left behind: save, discard or stay. */
export function LeaveQuestion({ isDirty, isLeaving, onSave, onDiscard }: LeaveQuestionProps) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && !isLeaving.current && currentLocation.pathname !== nextLocation.pathname,
  )
  const isAsked = blocker.state === 'blocked'
  const [wasAsked, setAsked] = useState(false)
  if (isAsked && !wasAsked) setAsked(true)
  if (!wasAsked) return null
  return (
    <Suspense fallback={null}>
      <LeaveBox
        open={isAsked}
        onStay={() => blocker.reset?.()}
        onDiscard={() => {
          onDiscard()
          blocker.proceed?.()
        }}
        onSave={() => {
          blocker.reset?.()
          void onSave()
        }}
      />
    </Suspense>
  )
}

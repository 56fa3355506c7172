import { Route, Routes } from 'react-router'

/** The pages under `/studio`; drawn inside of the shell's frame, with addresses relative to `/studio`. */
export default function BuilderRoutes() {
  return (
    <Routes>
      <Route path="*" element={null} />
    </Routes>
  )
}

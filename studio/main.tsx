import { createRoot } from 'react-dom/client'
import 'antd/dist/reset.css'
import './ui/base.css'
import './ui/kit.css'
import './shell/shell.css'
import { Providers } from './shell/providers.js'
import { Root } from './shell/root.js'

const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <Providers>
      <Root />
    </Providers>,
  )

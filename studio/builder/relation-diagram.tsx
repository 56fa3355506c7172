import { Graph, layout } from '@dagrejs/dagre'
import {
  Background,
  type Connection,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { Box } from 'lucide-react'
import { useMemo } from 'react'
import { useLabel } from '../api/app.js'
import { iconOf } from '../ui/icons.js'
import { useMode } from '../ui/mode.js'
import type { RelatedObject, Relation } from './relations.js'
import { useTexts } from './texts.js'
import './relation-diagram.css'

interface DiagramProps {
  readonly objects: readonly RelatedObject[]
  readonly relations: readonly Relation[]
  readonly chosen: string | null
  readonly onChoose: (object: string | null) => void
  /** Somebody drew a line from one object to another. */
  readonly onConnect: (from: string, to: string) => void
}

const size = { width: 170, height: 44 } as const
type ObjectNode = Node<{ readonly object: RelatedObject; readonly state: 'plain' | 'chosen' | 'related' | 'aside' }, 'object'>

/** Objects and what points from one to another, laid out from left to right; what has to do with the chosen one stands out. */
export default function RelationDiagram({ objects, relations, chosen, onChoose, onConnect }: DiagramProps) {
  const { t } = useTexts()
  const mode = useMode()
  const places = useMemo(() => placesOf(objects, relations), [objects, relations])
  const near = new Set(relations.filter(({ from, to }) => from === chosen || to === chosen).flatMap(({ from, to }) => [from, to]))
  const stateOf = (name: string) => (chosen === null ? 'plain' : name === chosen ? 'chosen' : near.has(name) ? 'related' : 'aside')
  const nodes = objects.map(
    (object): ObjectNode => ({
      id: object.name,
      type: 'object',
      position: places.get(object.name) ?? { x: 0, y: 0 },
      data: { object, state: stateOf(object.name) },
      ...size,
    }),
  )
  const edges = useEdges(relations, chosen)
  const connect = ({ source, target }: Connection) => onConnect(source, target)
  return (
    <ReactFlow
      className="relation-diagram"
      colorMode={mode}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      fitView
      fitViewOptions={{ padding: 0.04 }}
      minZoom={0.2}
      nodesDraggable={false}
      edgesFocusable={false}
      proOptions={{ hideAttribution: true }}
      ariaLabelConfig={{
        'controls.zoomIn.ariaLabel': t('relations.zoomIn'),
        'controls.zoomOut.ariaLabel': t('relations.zoomOut'),
        'controls.fitView.ariaLabel': t('relations.fit'),
      }}
      onNodeClick={(_, node) => onChoose(node.id)}
      onPaneClick={() => onChoose(null)}
      onSelectionChange={({ nodes: [first] }) => first && onChoose(first.id)}
      onConnect={connect}
    >
      <Background />
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}

function useEdges(relations: readonly Relation[], chosen: string | null): Edge[] {
  const label = useLabel()
  return relations.map(relation => {
    const isNear = relation.from === chosen || relation.to === chosen
    return {
      id: relation.id,
      source: relation.from,
      target: relation.to,
      className: chosen === null ? '' : isNear ? 'is-near' : 'is-aside',
      ...(isNear ? { label: label(relation.label) } : {}),
      markerEnd: { type: MarkerType.ArrowClosed },
    }
  })
}

const nodeTypes = { object: ObjectBox }

function ObjectBox({ data: { object, state } }: NodeProps<ObjectNode>) {
  const label = useLabel()
  const { t } = useTexts()
  const Icon = iconOf(object.icon, Box)
  return (
    <div className={`relation-node is-${state}`}>
      <Handle type="target" position={Position.Left} />
      <Icon size={16} aria-hidden />
      <span className="cut grow">{label(object.label) || object.name}</span>
      <span className="num quiet">{object.fields}</span>
      <Handle type="source" position={Position.Right} title={t('relations.draw')} />
    </div>
  )
}

/** Where objects stand, by layers of a directed graph (Sugiyama's method, as dagre has it). */
function placesOf(objects: readonly RelatedObject[], relations: readonly Relation[]): Map<string, { x: number; y: number }> {
  const graph = new Graph().setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 56 }).setDefaultEdgeLabel(() => ({}))
  for (const { name } of objects) graph.setNode(name, { ...size })
  for (const { from, to } of relations) if (from !== to) graph.setEdge(from, to)
  layout(graph)
  return new Map(
    objects.map(({ name }) => {
      const { x = 0, y = 0 } = graph.node(name) as { x?: number; y?: number }
      return [name, { x: x - size.width / 2, y: y - size.height / 2 }]
    }),
  )
}

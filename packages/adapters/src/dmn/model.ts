import { refuse } from '@hospital-crm/rules'
import { DmnModdle } from 'dmn-moddle'
import * as z from 'zod'

const Text = z.object({ text: z.string().default('') })

const Input = z.object({
  label: z.string().optional(),
  inputExpression: z.object({ typeRef: z.string().optional(), text: z.string().default('') }),
  inputValues: Text.optional(),
})
export type Input = z.infer<typeof Input>

const Output = z.object({
  name: z.string().optional(),
  label: z.string().optional(),
  typeRef: z.string().optional(),
  outputValues: Text.optional(),
  defaultOutputEntry: Text.optional(),
})
export type Output = z.infer<typeof Output>

const Rule = z.object({
  id: z.string().optional(),
  description: z.string().optional(),
  inputEntry: z.array(Text).default([]),
  outputEntry: z.array(Text).default([]),
  annotationEntry: z.array(Text).default([]),
})

export const DecisionTable = z.object({
  hitPolicy: z
    .enum(['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'])
    .default('UNIQUE'),
  aggregation: z.enum(['SUM', 'MIN', 'MAX', 'COUNT']).optional(),
  input: z.array(Input).default([]),
  output: z.array(Output).min(1),
  rule: z.array(Rule).default([]),
})
export type DecisionTable = z.infer<typeof DecisionTable>

const ItemDefinition = z.object({
  name: z.string(),
  typeRef: z.string().optional(),
  allowedValues: Text.optional(),
})
export type ItemDefinition = z.infer<typeof ItemDefinition>

const Element = z.object({
  $type: z.string(),
  name: z.string(),
  variable: z.object({ typeRef: z.string().optional() }).optional(),
  decisionLogic: z.looseObject({ $type: z.string() }).optional(),
})

/** What is read of a DMN model; everything else in it is left alone. */
const Model = z.object({
  itemDefinition: z.array(ItemDefinition).default([]),
  drgElement: z.array(Element).default([]),
})
export type Model = z.infer<typeof Model>

/** The versions differ in names that are not read here, so that all are read as 1.3. */
const versions =
  /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20180521|20211108|20230324)\/(MODEL|DMNDI)\//g
const dmn13 = 'https://www.omg.org/spec/DMN/20191111/$1/'

const firstLine = (text: string) => text.split('\n')[0] ?? ''

/** Reads the XML of DMN 1.2 to 1.5. Refuses what is not that, or only in part (`dmn.malformed`). */
export const readModel = async (xml: string): Promise<Model> => {
  const read = async () => {
    const { rootElement, warnings } = await new DmnModdle().fromXML(xml.replace(versions, dmn13))
    // A warning with an error in it is about something that was left out.
    for (const { error } of warnings) if (error) throw error
    return Model.parse(JSON.parse(JSON.stringify(rootElement)))
  }
  return read().catch((error: unknown) => {
    const reason = error instanceof Error ? firstLine(error.message) : 'no model'
    return refuse('dmn.malformed', { issues: [{ path: '', reason }] })
  })
}

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const text = (tag: string, content: string) => `<${tag}><text>${escaped(content)}</text></${tag}>`

interface Column {
  readonly name: string
  readonly type: string
  readonly values?: string
  readonly otherwise?: string
}

export interface TableText {
  readonly name?: string
  readonly policy?: string
  readonly inputs: readonly Column[]
  readonly outputs: readonly Column[]
  /** Fields of inputs, then of outputs. */
  readonly rules: readonly (readonly string[])[]
}

/** A decision with a table, as a modeller writes it. */
export const decision = ({
  name = 'Decision',
  policy = 'hitPolicy="UNIQUE"',
  inputs,
  outputs,
  rules,
}: TableText): string => `
  <decision id="d-${name.replace(/ /g, '-')}" name="${name}">
    <decisionTable ${policy}>
      ${inputs
        .map(
          ({ name: input, type, values }) => `<input>
            <inputExpression typeRef="${type}"><text>${escaped(input)}</text></inputExpression>
            ${values === undefined ? '' : text('inputValues', values)}
          </input>`,
        )
        .join('')}
      ${outputs
        .map(
          ({
            name: output,
            type,
            values,
            otherwise,
          }) => `<output name="${output}" typeRef="${type}">
            ${values === undefined ? '' : text('outputValues', values)}
            ${otherwise === undefined ? '' : text('defaultOutputEntry', otherwise)}
          </output>`,
        )
        .join('')}
      ${rules
        .map(
          (fields, row) => `<rule id="r-${name.replace(/ /g, '-')}-${row + 1}">
            ${fields
              .slice(0, inputs.length)
              .map((field) => text('inputEntry', field))
              .join('')}
            ${fields
              .slice(inputs.length)
              .map((field) => text('outputEntry', field))
              .join('')}
          </rule>`,
        )
        .join('')}
    </decisionTable>
  </decision>`

/** A whole model with its drawing; `version` is the day by which OMG names a version of DMN. */
export const model = (content: string, version = '20191111'): string => {
  const omg = `${version === '20180521' ? 'http' : 'https'}://www.omg.org/spec/DMN`
  return `<?xml version="1.0" encoding="UTF-8"?>
  <definitions id="m" name="m" namespace="urn:m"
    xmlns="${omg}/${version}/MODEL/" xmlns:dmndi="${omg}/${version}/DMNDI/"
    xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:vendor="urn:vendor" vendor:logo="Default">
    <extensionElements><vendor:channel/></extensionElements>
    ${content}
    <dmndi:DMNDI><dmndi:DMNDiagram id="D1">
      <dmndi:DMNShape id="s1" dmnElementRef="m"><dc:Bounds height="61" width="154" x="362" y="150"/></dmndi:DMNShape>
    </dmndi:DMNDiagram></dmndi:DMNDI>
  </definitions>`
}

export const about = 'Bodies that are hardly JSON: what the reader lets pass and how it refuses.';
const put = (text) => ({ name: JSON.stringify(text), method: 'PUT', path: '/admin/certificates', text });
const bodies = [`{"Name" "x"`, `{"a":1,,"Name":"x"}`, `{,"Name":"x"}`, `{"Name"::"x"}`, `{"Name":,"x"}`, `{'Name':'x'}`, `{"Name":"x",}`, `{"Name":"x"} junk`, `\ufeff{"Name":"x"}`, `// c\n{}`, `{Name:"x"}`,
  `"x"`, `null`, `true`, `{"a":tru}`, `{"a":nul}`, `{"a":NaN}`, `{"a":+1}`, `{"a":01}`, `{"a":1.}`, `{"a":.5}`, `{"a":1e5}`, `{"a":-}`, `{"a":1e999}`, `{"a":"\\x"}`, `{"a":"\\u12"}`, `{"a":"\\uD800"}`, `{"a":"b\nc"}`,
  `{"a":[1,2,]}`, `{"a":[,1]}`, `{"a":[1 2]}`, `{"a":{"b" "c"}}`, `{"a" 1}`, `{"a":1 "b":2}`, `{"a":]}`, `{"a":1]`, `{1:2}`, `{null:2}`, `{"a"}`, `{"a":}`, `{"a","b","c","d"}`, `{"a":True}`, `{"a":TRUE}`, `{"a":Infinity}`, `{"a":'it\\'s'}`,
  `{"a":"it's"}`, `   `, `{"a":1;}`, `{"a":0x10}`, `{"a":1_0}`, `{"a":--1}`, `{"a":1e}`, `{"a":1-2}`, `\t\r\n{}`, `{"a":"\\/\\b\\f\\n\\r\\t\\""}`, `[`, `{"a":"`, `{"a":1}}`, `]`, `}`, `{"Name":"x","Name":5}`, `{"Name":5,"Name":"x"}`,
  `{"a":123456789012345678901234567890}`, `{"a":tRue}`, `{/**/}`, `{"a":12a}`, `{"a":nan}`, `{"a":truex}`, `{"a":true"b":1}`, `{"a":${'['.repeat(300)}${']'.repeat(300)}}`, `{"a":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`];
export default [...bodies.map(put)].map((step, i) => ({ ...step, name: `${i + 1}: ${step.name.slice(0, 60)}` }));

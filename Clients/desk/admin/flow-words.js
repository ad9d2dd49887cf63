// The words of the flow screens.
import { words } from '../../core/i18n.js';
import { because } from '../words.js';

const chinese = {
  'title': '对话流程',
  'text': '一步一步问清楚、查系统、确认之后再办理。客户的说法对上“问法”，流程就会开始。',
  'new': '新建流程',
  'none': '还没有对话流程',
  'none.hint': '从一个常办的事开始，比如查订单、预约、退货。',
  'back': '返回列表',
  'edit.new': '新建对话流程',
  'edit.gone': '这个流程打不开',
  'outline': '流程内容',
  'outline.hint': '每行一步，缩进表示从属。',
  'connectors': '可用的系统接口',
  'connectors.none': '还没有接口；管理员可以通过接口文档里的 /api/connectors 添加。',
  'save.draft': '存为草稿',
  'publish': '发布',
  'withdraw': '停用',
  'withdraw.sure': (/** @type {string} */ title) => `停用“${title}”后，机器人不再开始这个流程；正在办的会办完。`,
  'saved': '草稿已保存',
  'published': '已发布，客户马上能用',
  'withdrawn': '已停用',
  'state.live': (/** @type {number|string} */ n) => `使用中：第 ${n} 版`,
  'state.draft': '未使用',
  'version': (/** @type {number|string} */ n) => `第 ${n} 版`,
  'versions': '历史版本',
  'version.take': '填回编辑框',
  'suggestions': '推荐效果',
  'suggestion': (/** @type {number|string} */ shown, /** @type {number|string} */ taken) => `出现 ${shown} 次，点了 ${taken} 次`,
  'line': (/** @type {number|string} */ n) => `第 ${n} 行`,
  'fine': '可以读懂',
  'trial': '试走一遍',
  'trial.text': '扮演客户说话。查询会真的去查，但不会改动任何东西，也不计入统计。',
  'trial.start': '从头开始',
  'trial.say': '客户说',
  'trial.send': '发送',
  'trial.fill': '提交',
  'trial.optional': '（选填）',
  'trial.missing': (/** @type {string} */ label) => `请填写：${label}`,
  'trial.over': '流程结束',
  'trial.person': '到这里会转人工',
  'trial.trace': '经过',
  'trial.bot': '机器人',
  'trial.customer': '客户',
  'read-only': '您可以查看，但没有修改权限。',
  'trace.ask': '问', 'trace.heard': '听到', 'trace.say': '说', 'trace.look-up': '查询', 'trace.found': '查到', 'trace.missing': '没有查到',
  'trace.failed': '失败', 'trace.confirm': '请确认', 'trace.confirmed': '确认了', 'trace.declined': '拒绝了', 'trace.perform': '办理', 'trace.digression': '岔开',
  'trace.suggest': '推荐', 'trace.hand-off': '转人工', 'trace.over': '结束',
  'bad.title': '第一行写“流程：名称”。', 'bad.empty': '流程里还没有步骤。', 'bad.keyword': '认不出这一行的开头。', 'bad.text': '冒号后面要写内容，最多 2000 字。',
  'bad.type': '不认识的类型。', 'bad.rounds': '最多问 1 到 5 轮。', 'bad.unknown-name': '用到了前面没有的名称。', 'bad.name': '名称缺少、重复或写法不对。',
  'bad.unconfirmed': '“执行”之前要先“确认”。', 'bad.otherwise': '“否则”要跟在“如果”后面。', 'bad.indent': '缩进不对。', 'bad.condition': '条件写法不对，例如：如果 parcel.status 是 delivered。',
  'bad.arrow': '写成“推荐：说的话 -> 点了之后问的话”，或“链接：文字 -> 地址”。', 'bad.connector': '写成“查询 接口名 为 名称”。', 'bad.choices': '最多 8 个选项。', 'bad.fields': '表单下面写 1 到 8 行“问”。', 'bad.address': '地址要以 https:// 或 / 开头。', 'bad.length': '内容太长了。',
  'bad.version': '别人刚保存了新版本，请重新打开。',
};

/** @type {typeof chinese} */
const english = {
  'title': 'Flows',
  'text': 'Asks step by step, looks things up, and confirms before anything is changed. A flow begins when a customer’s words match its phrasings.',
  'new': 'New flow',
  'none': 'No flows yet',
  'none.hint': 'Begin with something customers often need: an order’s status, a booking, a return.',
  'back': 'Back to the list',
  'edit.new': 'New flow',
  'edit.gone': 'This flow cannot be opened',
  'outline': 'Outline',
  'outline.hint': 'One step per line; what belongs to a step is indented below it.',
  'connectors': 'Connectors to call',
  'connectors.none': 'None yet. Administrators add them through /api/connectors.',
  'save.draft': 'Save as draft',
  'publish': 'Publish',
  'withdraw': 'Take out of use',
  'withdraw.sure': (title) => `The bot will no longer begin “${title}”. Customers in the middle of it go on to the end.`,
  'saved': 'Draft saved',
  'published': 'Published: customers get it from now on',
  'withdrawn': 'Taken out of use',
  'state.live': (n) => `In use: version ${n}`,
  'state.draft': 'Not in use',
  'version': (n) => `Version ${n}`,
  'versions': 'Versions',
  'version.take': 'Put into the editor',
  'suggestions': 'Effect of suggestions',
  'suggestion': (shown, taken) => `shown ${shown} times, tapped ${taken} times`,
  'line': (n) => `Line ${n}`,
  'fine': 'Reads well',
  'trial': 'Walk through it',
  'trial.text': 'Speak as the customer. Look-ups are real; nothing is changed and nothing is counted.',
  'trial.start': 'Start over',
  'trial.say': 'The customer says',
  'trial.send': 'Send',
  'trial.fill': 'Submit',
  'trial.optional': '(optional)',
  'trial.missing': (label) => `Please fill in: ${label}`,
  'trial.over': 'The flow is over',
  'trial.person': 'A person would take over here',
  'trial.trace': 'What happened',
  'trial.bot': 'Bot',
  'trial.customer': 'Customer',
  'read-only': 'You may look, but not change it.',
  'trace.ask': 'asks', 'trace.heard': 'hears', 'trace.say': 'says', 'trace.look-up': 'looks up', 'trace.found': 'finds', 'trace.missing': 'finds nothing',
  'trace.failed': 'fails', 'trace.confirm': 'wants a yes', 'trace.confirmed': 'confirmed', 'trace.declined': 'declined', 'trace.perform': 'does', 'trace.digression': 'digression',
  'trace.suggest': 'suggests', 'trace.hand-off': 'hands over', 'trace.over': 'ends',
  'bad.title': 'The first line is “flow: what it is called”.', 'bad.empty': 'The flow does nothing yet.', 'bad.keyword': 'No step begins like this.', 'bad.text': 'Say what after the colon, in at most 2000 characters.',
  'bad.type': 'There is no such type.', 'bad.rounds': 'One to five rounds.', 'bad.unknown-name': 'A name is used before anything gives it a value.', 'bad.name': 'The name is missing, taken or not a word.',
  'bad.unconfirmed': '“do” needs a “confirm” before it.', 'bad.otherwise': '“otherwise” follows an “if”.', 'bad.indent': 'The indentation does not fit.', 'bad.condition': 'Write a condition like: if parcel.status is delivered.',
  'bad.arrow': 'Write “suggest: what is said -> what tapping it asks”, or “link: words -> address”.', 'bad.connector': 'Write “look up CONNECTOR as NAME”.', 'bad.choices': 'At most 8 choices.', 'bad.fields': 'A form holds one to eight “ask” lines.', 'bad.address': 'An address begins with https:// or with /.', 'bad.length': 'The outline is too long.',
  'bad.version': 'Somebody has just saved a newer version; open the flow again.',
};

export const t = words(chinese, english);

/** A word that is put together at run time. @param {string} name */
export const say = (name) => t(/** @type {any} */ (name));

/** What is wrong with a line, in the reader's language. @param {{code: string, detail: string}} mistake */
export const mistaken = (mistake) => (`bad.${mistake.code}` in chinese ? say(`bad.${mistake.code}`) : mistake.detail);

/** @param {unknown} failure */
export function why(failure) {
  const { code, detail } = /** @type {{code?: string, detail?: string}} */ (failure) ?? {};
  const name = code?.startsWith('flow.') ? `bad.${code.slice(5)}` : '';
  if (!(name in chinese)) return because(failure);
  const line = /^line (\d+)/.exec(detail ?? '')?.[1];
  return line ? `${t('line', line)}: ${say(name)}` : say(name);
}

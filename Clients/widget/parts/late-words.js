// What pictures, voices and files say; loaded with the first of them.
import { words } from '../../core/i18n.js';

export const t = words({
  cancel: '取消',
  close: '关闭',
  download: '下载',
  gone: '无法显示',
  imageOf: (/** @type {string} */ name) => `图片：${name}`,
  pause: '暂停',
  play: '播放',
  position: '播放位置',
  record: '录制语音消息',
  recordingDenied: '无法使用麦克风，请在浏览器中允许后重试',
  sendVoice: '发送语音',
  voice: '语音消息',
}, {
  cancel: 'Cancel',
  close: 'Close',
  download: 'Download',
  gone: 'Cannot be shown',
  imageOf: (name) => `Picture: ${name}`,
  pause: 'Pause',
  play: 'Play',
  position: 'Position',
  record: 'Recording a voice message',
  recordingDenied: 'The microphone cannot be used. Allow it in the browser and try again',
  sendVoice: 'Send voice message',
  voice: 'Voice message',
});

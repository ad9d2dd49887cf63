// The demo shop in Chinese.
import { open } from './page.js';
import { shop } from './words/zh.js';

open(shop);

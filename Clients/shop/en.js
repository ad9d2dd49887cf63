// The demo shop in English.
import { open } from './page.js';
import { shop } from './words/en.js';

open(shop);

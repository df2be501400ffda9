/** The demo: a shop, its life, the screen that shows it arrive, and the proof that it did. */
package io.tributary.tools.demo;

/** Demo data: two shops and a few weeks of their appointments. */
@NullMarked
package dev.freshcut.quickstart.demo;

import org.jspecify.annotations.NullMarked;

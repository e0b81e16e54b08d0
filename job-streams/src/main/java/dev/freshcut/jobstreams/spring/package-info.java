/** Settings, life cycle and the operators' HTTP surface for Spring applications. */
@NullMarked
package dev.freshcut.jobstreams.spring;

import org.jspecify.annotations.NullMarked;

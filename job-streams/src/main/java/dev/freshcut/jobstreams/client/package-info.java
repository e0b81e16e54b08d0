/** What producers hold: requests written as JSON and handed to a store. */
@NullMarked
package dev.freshcut.jobstreams.client;

import org.jspecify.annotations.NullMarked;

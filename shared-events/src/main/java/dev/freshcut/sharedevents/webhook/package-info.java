/** What those who keep webhooks and those who deliver to them share: secrets and addresses. */
@NullMarked
package dev.freshcut.sharedevents.webhook;

import org.jspecify.annotations.NullMarked;

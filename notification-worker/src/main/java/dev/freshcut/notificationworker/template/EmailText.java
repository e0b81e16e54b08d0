package dev.freshcut.notificationworker.template;

/**
 * An email's words.
 *
 * @param subject one line
 * @param plain for readers that show no HTML, lines ended by LF
 * @param html the same, whole page
 */
public record EmailText(String subject, String plain, String html) {}

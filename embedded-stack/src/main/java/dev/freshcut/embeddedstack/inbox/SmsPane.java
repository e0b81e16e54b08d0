package dev.freshcut.embeddedstack.inbox;

import java.util.List;

/** What one number was sent, as bubbles. */
final class SmsPane {
  private SmsPane() {}

  /**
   * The conversation that a message is part of.
   *
   * @param all those to its number, newest first
   */
  static String of(Sms chosen, Pages.Show show, List<Sms> all) {
    StringBuilder html = new StringBuilder(Html.back(show));
    html.append("<h2>SMS to ").append(Html.text(chosen.to())).append("</h2><ol class='bubbles'>");
    for (Sms sms : all) {
      html.append(
          "<li%s><p>%s</p><small>%s · from %s · %s</small></li>"
              .formatted(
                  sms.id() == chosen.id() ? " aria-current='true'" : "",
                  Html.text(sms.body()),
                  Html.time(sms.at()),
                  Html.text(sms.from()),
                  sms.segments() == 1 ? "1 segment" : sms.segments() + " segments"));
    }
    return html.append("</ol>").toString();
  }
}

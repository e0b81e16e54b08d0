package dev.freshcut.notificationworker.sms;

/**
 * How many messages a text takes on the way to a phone (3GPP TS 23.038): those are paid for one by
 * one. Texts of the GSM alphabet have room for 160 characters in one, or 153 in each of several;
 * others for 70, or 67 in each of several.
 */
final class Segments {
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Take the room of two. */
  private static final String EXTENDED = "\f^{}\\[~]|€";

  private static final int ONE = 160;
  private static final int EACH = 153;
  private static final int ONE_UCS2 = 70;
  private static final int EACH_UCS2 = 67;

  private Segments() {}

  static int of(String text) {
    return isGsm(text)
        ? segments(text, ONE, EACH, true)
        : segments(text, ONE_UCS2, EACH_UCS2, false);
  }

  private static boolean isGsm(String text) {
    return text.chars().allMatch(each -> BASIC.indexOf(each) >= 0 || EXTENDED.indexOf(each) >= 0);
  }

  /** A character that takes two places is not divided between two messages. */
  private static int segments(String text, int one, int each, boolean gsm) {
    int all = text.codePoints().map(c -> width(c, gsm)).sum();
    if (all <= one) {
      return 1;
    }
    int segments = 1;
    int used = 0;
    for (int width : text.codePoints().map(c -> width(c, gsm)).toArray()) {
      if (used + width > each) {
        segments++;
        used = 0;
      }
      used += width;
    }
    return segments;
  }

  private static int width(int codePoint, boolean gsm) {
    if (gsm) {
      return EXTENDED.indexOf(codePoint) >= 0 ? 2 : 1;
    }
    return Character.charCount(codePoint);
  }
}

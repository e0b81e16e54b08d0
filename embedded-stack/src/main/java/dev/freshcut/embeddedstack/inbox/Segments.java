package dev.freshcut.embeddedstack.inbox;

/** Into how many parts a network splits a text message (3GPP TS 23.038 and 23.040). */
final class Segments {
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String EXTENDED = "\f^{}\\[~]|€";

  private Segments() {}

  static int of(String text) {
    int septets = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (BASIC.indexOf(letter) >= 0) {
        septets += 1;
      } else if (EXTENDED.indexOf(letter) >= 0) {
        septets += 2;
      } else {
        return parts(text.length(), 70, 67);
      }
    }
    return parts(septets, 160, 153);
  }

  private static int parts(int length, int alone, int each) {
    return length <= alone ? 1 : Math.ceilDiv(length, each);
  }
}

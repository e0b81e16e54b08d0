package dev.freshcut.bookingapi.web;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/**
 * Reads text that can be written again: JSON's escapes can have halves of characters, which UTF-8,
 * PostgreSQL and the functions that hash passwords do not know.
 */
final class WholeTexts extends StringDeserializer {
  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    String text = super.deserialize(parser, context);
    if (text.codePoints().anyMatch(WholeTexts::isHalf)) {
      throw context.weirdStringException(text, String.class, "half a character");
    }
    return text;
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}

package dev.freshcut.notificationworker.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One language's texts, read from {@code texts_<language>.properties}. Each is a Mustache template
 * of plain text; whoever writes HTML escapes what comes out.
 */
final class Bundle {
  private static final String FOLDER = "/freshcut/notifications/";

  private final String language;
  private final Map<String, Template> texts = new TreeMap<>();

  private Bundle(String language, Properties properties) {
    this.language = language;
    Mustache.Compiler compiler = Mustache.compiler().escapeHTML(false).strictSections(true);
    for (String key : properties.stringPropertyNames()) {
      texts.put(key, compiler.compile(properties.getProperty(key)));
    }
  }

  static Bundle read(String language) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(resource("texts_" + language + ".properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Bundle(language, properties);
  }

  /** A file of texts or of a template. */
  static String resource(String name) {
    try (InputStream file = Bundle.class.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new TemplateException(FOLDER + name + " is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A text with its variables filled in.
   *
   * @throws TemplateException if there is no such text, or one of its variables has no value
   */
  String text(String key, Map<String, String> values) {
    Template template = texts.get(key);
    if (template == null) {
      throw new TemplateException("no text '" + key + "' in language " + language);
    }
    try {
      return template.execute(values);
    } catch (MustacheException e) {
      throw new TemplateException(
          "text '" + key + "' in language " + language + ": " + e.getMessage(), e);
    }
  }
}

package dev.freshcut.coherentcache.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the plain part of YAML: one document of mappings, lists and scalars, of bounded size and
 * depth, without anchors, aliases and tags.
 */
final class YamlFile {
  /** In characters, and in bytes where the text comes from a file. */
  static final int MAX_LENGTH = 1 << 20;

  static final String TOO_LARGE = "the file is larger than 1 MiB: remove what is not used";

  private static final String QUOTE = "; text with braces, asterisks or colons needs quotes";

  private static final int MAX_DEPTH = 10;

  private final Problems problems;
  private final LoadSettings settings;
  private int lastLine = 1; // of what could be read

  private YamlFile(String source, Problems problems) {
    this.problems = problems;
    this.settings =
        LoadSettings.builder()
            .setLabel(source)
            .setCodePointLimit(MAX_LENGTH)
            .setAllowNonScalarKeys(true)
            .build();
  }

  /** The document's root; null if there is none that can be used, which is reported. */
  static @Nullable Node read(String source, String yaml, Problems problems) {
    if (yaml.length() > MAX_LENGTH) {
      problems.add(1, TOO_LARGE);
      return null;
    }
    int unprintable = indexOfUnprintable(yaml);
    if (unprintable >= 0) {
      problems.add(
          1 + (int) yaml.chars().limit(unprintable).filter(c -> c == '\n').count(),
          "this line has the character U+%04X, which YAML does not allow: remove it"
              .formatted(yaml.codePointAt(unprintable)));
      return null;
    }
    return new YamlFile(source, problems).read(yaml);
  }

  private static int indexOfUnprintable(String yaml) {
    int codePoint;
    for (int i = 0; i < yaml.length(); i += Character.charCount(codePoint)) {
      codePoint = yaml.codePointAt(i);
      if (!StreamReader.isPrintable(codePoint)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Node read(String yaml) {
    try {
      // The composer recurses and follows aliases; so the flat event stream is vetted before it.
      if (!vet(new Parse(settings).parseString(yaml))) {
        return null;
      }
      Optional<Node> root = new Compose(settings).composeString(yaml);
      if (root.isEmpty()) {
        problems.add(1, "the file is empty: it needs at least 'version' and 'families'");
      }
      return root.orElse(null);
    } catch (MarkedYamlEngineException e) {
      String begin =
          e.getContextMark()
              .map(mark -> " (it belongs to what begins on line %d)".formatted(mark.getLine() + 1))
              .orElse("");
      problems.add(
          line(e.getProblemMark()), "this is not valid YAML: " + e.getProblem() + begin + QUOTE);
    } catch (YamlEngineException | IllegalArgumentException e) {
      // The library lets a NumberFormatException out where an escape is no character.
      problems.add(lastLine, "this is not valid YAML: " + e.getMessage() + QUOTE);
    }
    return null;
  }

  private boolean vet(Iterable<Event> events) {
    int depth = 0;
    int documents = 0;
    boolean plain = true;
    for (Event event : events) {
      lastLine = line(event.getStartMark());
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        return refuse(event, "a second document begins here: keep the model in one");
      }
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        return refuse(
            event,
            "this is nested more than %d levels deep: no model needs it".formatted(MAX_DEPTH));
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (event instanceof NodeEvent node) {
        plain &= vetNode(node);
      }
    }
    return plain;
  }

  private boolean vetNode(NodeEvent event) {
    if (event instanceof AliasEvent) {
      return refuse(event, "aliases (*name) are not supported: write it out, or quote the text");
    }
    if (event.getAnchor().isPresent()) {
      return refuse(event, "anchors (&name) are not supported: remove it, or quote the text");
    }
    if (tag(event).isPresent()) {
      return refuse(event, "tags (!name) are not supported: remove it, or quote the text");
    }
    return true;
  }

  private static Optional<String> tag(NodeEvent event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent collection -> collection.getTag();
      default -> Optional.empty();
    };
  }

  private boolean refuse(Event event, String message) {
    problems.add(line(event.getStartMark()), message);
    return false;
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }
}

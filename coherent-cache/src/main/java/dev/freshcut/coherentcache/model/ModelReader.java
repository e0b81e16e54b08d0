package dev.freshcut.coherentcache.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a model file, collecting all of its defects. */
final class ModelReader {
  private static final List<String> KEYS = List.of("version", "tables", "families", "rules");
  private static final String VERSION = "1";

  private final Problems problems = new Problems();

  private ModelReader() {}

  /**
   * Reads a model.
   *
   * @throws InvalidCacheModelException with all defects
   */
  static CacheModel read(String source, String yaml) {
    return new ModelReader().readModel(source, yaml);
  }

  private CacheModel readModel(String source, String yaml) {
    Node root = YamlFile.read(source, yaml, problems);
    CacheModel model = root == null ? null : model(root);
    if (model == null) {
      throw new InvalidCacheModelException(source, problems.sorted());
    }
    return model;
  }

  private @Nullable CacheModel model(Node root) {
    Fields fields = Fields.of(root, root, "the file", KEYS, problems);
    version(fields);
    Node tableSection = fields.optional("tables");
    Map<String, TableDraft> tables =
        tableSection == null ? Map.of() : TableDraft.readAll(tableSection, problems);
    Node familySection = fields.required("families");
    Map<String, @Nullable FamilyDraft> families =
        familySection == null ? Map.of() : FamilyReader.readAll(familySection, problems);
    Node ruleSection = fields.optional("rules");
    RuleReader reader = new RuleReader(tables, families, problems);
    List<RuleDraft> rules = ruleSection == null ? List.of() : reader.readAll(ruleSection);
    Map<String, FamilyDraft> sound = sound(families);
    if (ruleSection == null || ruleSection instanceof SequenceNode) {
      new CrossChecks(rules, reader.mentionedTables(), reader.mentionedFamilies(), problems)
          .run(tables.values(), sound.values());
    }
    return problems.none() ? ModelCompiler.compile(tables, sound, rules) : null;
  }

  private void version(Fields fields) {
    String version = fields.requiredText("version");
    if (version != null && !version.equals(VERSION)) {
      problems.add(
          fields.where("version"),
          "version '%s' of the file format is not supported: this program reads version %s"
              .formatted(version, VERSION));
    }
  }

  private static Map<String, FamilyDraft> sound(Map<String, @Nullable FamilyDraft> families) {
    Map<String, FamilyDraft> sound = new LinkedHashMap<>();
    families.forEach(
        (name, family) -> {
          if (family != null) {
            sound.put(name, family);
          }
        });
    return sound;
  }
}

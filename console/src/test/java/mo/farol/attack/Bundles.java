package mo.farol.attack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** STIX bundles such as MITRE publishes, with a few techniques. */
public final class Bundles {
  static final String CHAIN = "mitre-attack";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Bundles() {}

  /**
   * Writes a file of techniques into a folder of rules.
   *
   * @param techniques id, name and tactics between commas, as in {@code T1110 Brute Force
   *     credential-access}
   */
  public static MatrixFile write(Path rules, String... techniques) throws IOException {
    var bundle = empty();
    bundle
        .withArray("objects")
        .addObject()
        .put("type", "x-mitre-collection")
        .put("x_mitre_version", "19.0");
    for (String each : techniques) {
      int from = each.indexOf(' ');
      int to = each.lastIndexOf(' ');
      String[] tactics = each.substring(to + 1).split(",");
      bundle
          .withArray("objects")
          .add(pattern(each.substring(0, from), each.substring(from + 1, to), CHAIN, tactics));
    }
    Files.createDirectories(rules);
    Files.writeString(rules.resolve(MatrixFile.NAME), bundle.toString());
    return new MatrixFile(rules);
  }

  static ObjectNode empty() {
    return JSON.createObjectNode().put("type", "bundle").put("id", "bundle--0");
  }

  static ObjectNode pattern(String id, String name, String chain, String... tactics) {
    var pattern = JSON.createObjectNode().put("type", "attack-pattern").put("name", name);
    var references = pattern.putArray("external_references");
    references.addObject().put("source_name", "capec").put("external_id", "T0000");
    references.addObject().put("source_name", CHAIN).put("external_id", id);
    var phases = pattern.putArray("kill_chain_phases");
    for (String tactic : tactics) {
      phases.addObject().put("kill_chain_name", chain).put("phase_name", tactic);
    }
    return pattern;
  }
}

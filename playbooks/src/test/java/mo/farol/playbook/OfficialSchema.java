package mo.farol.playbook;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;

/** The committee's own JSON schemas, read as the draft-07 they declare. */
final class OfficialSchema {
  private static final String PUBLISHED =
      "https://raw.githubusercontent.com/oasis-open/cacao-json-schemas/main/schemas/";
  private final Schema schema;

  private OfficialSchema(Schema schema) {
    this.schema = schema;
  }

  static OfficialSchema load() {
    var folder = SharedData.find("standards/cacao-2.0/schemas");
    Assumptions.assumeTrue(folder.isPresent(), "no CACAO schemas beside the project");
    var registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7,
            builder -> builder.schemas(published(folder.orElseThrow())));
    return new OfficialSchema(registry.getSchema(SchemaLocation.of(PUBLISHED + "playbook.json")));
  }

  // Every schema by the address it was published under: nothing is fetched.
  private static Map<String, String> published(Path root) {
    var schemas = new HashMap<String, String>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        schemas.put(PUBLISHED + name, Files.readString(file));
      }
      return schemas;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the schema finds wrong. */
  List<String> errors(String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}

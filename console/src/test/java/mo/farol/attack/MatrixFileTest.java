package mo.farol.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = Bundles.CHAIN;

  @TempDir private Path rules;
  private MatrixFile file;
  private int changes;

  @BeforeEach
  void open() {
    file = new MatrixFile(rules);
  }

  @Test
  void without_a_file_nothing_is_known_and_nothing_is_wrong() {
    assertThat(file.now().matrix().isKnown()).isFalse();
    assertThat(file.now().fault()).isEmpty();
  }

  @Test
  void techniques_in_use_are_read_with_name_tactics_and_edition() throws IOException {
    var bundle = Bundles.empty();
    var objects = bundle.withArray("objects");
    objects.addObject().put("type", "x-mitre-collection").put("x_mitre_version", "19.0");
    objects.addObject().put("type", "relationship").putObject("nested").put("type", "bundle");
    objects.add(Bundles.pattern("T1053.005", "Scheduled Task", OURS, "execution", "persistence"));
    objects.add(Bundles.pattern("T1053", "Scheduled Task/Job", OURS, "execution", "persistence"));
    objects.add(Bundles.pattern("T1036", "Masquerading", OURS, "defense-evasion", "stealth"));
    objects.add(Bundles.pattern("T1", "No id", OURS, "execution"));
    objects.add(Bundles.pattern("T1475", "Of phones", "mitre-mobile-attack", "initial-access"));
    objects.add(Bundles.pattern("T1086", "PowerShell", OURS, "execution").put("revoked", true));
    objects.add(
        Bundles.pattern("T1026", "Channels", OURS, "impact").put("x_mitre_deprecated", true));
    write(bundle.toString());

    var known = file.now();

    assertThat(known.fault()).isEmpty();
    assertThat(known.matrix().version()).isEqualTo("19.0");
    assertThat(known.matrix().of("execution")).extracting(Technique::id).containsExactly("T1053");
    assertThat(known.matrix().of("initial-access")).isEmpty();
    assertThat(known.matrix().of("impact")).isEmpty();
    assertThat(known.matrix().technique("T1036"))
        .contains(new Technique("T1036", "Masquerading", List.of("stealth")));
    assertThat(known.matrix().technique("T1053.005").orElseThrow().name())
        .isEqualTo("Scheduled Task");
  }

  @Test
  void another_file_is_read_and_a_damaged_one_leaves_what_was_known() throws IOException {
    var bundle = Bundles.empty();
    bundle
        .withArray("objects")
        .add(Bundles.pattern("T1053", "Scheduled Task/Job", OURS, "execution"));
    write(bundle.toString());
    assertThat(file.now().matrix().technique("T1053")).isPresent();

    write("{\"objects\":[{\"type\":");
    assertThat(file.now().fault()).isPresent();
    assertThat(file.now().fault()).isPresent();
    assertThat(file.now().matrix().technique("T1053")).isPresent();

    write("{\"objects\":[]}");
    assertThat(file.now().fault()).hasValueSatisfying(why -> assertThat(why).contains("technique"));

    write("[]");
    assertThat(file.now().fault()).hasValueSatisfying(why -> assertThat(why).contains("object"));

    bundle
        .withArray("objects")
        .add(Bundles.pattern("T1110", "Brute Force", OURS, "credential-access"));
    write(bundle.toString());
    assertThat(file.now().fault()).isEmpty();
    assertThat(file.now().matrix().technique("T1110")).isPresent();

    Files.delete(rules.resolve(MatrixFile.NAME));
    assertThat(file.now().matrix().isKnown()).isFalse();
  }

  @Test
  void what_can_not_be_read_is_tried_again_though_it_did_not_change() throws IOException {
    Bundles.write(rules, "T1053 Scheduled Task/Job execution");
    Path path = rules.resolve(MatrixFile.NAME);
    Path beside = rules.resolve("beside");
    Files.move(path, beside);
    Files.createDirectory(path); // whose time and size stay as they are
    assertThat(file.now().fault()).hasValueSatisfying(why -> assertThat(why).doesNotContain("/"));
    Files.delete(path);
    Files.move(beside, path);
    assertThat(file.now().fault()).isEmpty();
    assertThat(file.now().matrix().technique("T1053")).isPresent();
  }

  @Test
  void tactics_are_called_as_in_the_edition_of_the_file() {
    assertThat(new Matrix("18.1", List.of()).called("stealth")).isEqualTo("defense-evasion");
    assertThat(new Matrix("18.1", List.of()).called("impact")).isEqualTo("impact");
    assertThat(new Matrix("19.0", List.of()).called("stealth")).isEqualTo("stealth");
    assertThat(Matrix.NONE.called("stealth")).isEqualTo("stealth");
    assertThat(Matrix.NONE.edition()).isEmpty();
  }

  @Test
  void every_technique_of_attack_is_read_and_each_tactic_has_some() throws IOException {
    var found = SharedData.find("standards/attack/techniques.jsonl.gz");
    assumeTrue(found.isPresent(), "the shared data is not beside the project");
    Path given = found.orElseThrow();
    var bundle = Bundles.empty();
    int count = 0;
    try (var in = new GZIPInputStream(Files.newInputStream(given));
        var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
      while (lines.hasNext()) {
        var line = lines.next();
        var tactics =
            line.path("tactics").valueStream().map(JsonNode::asText).toArray(String[]::new);
        bundle
            .withArray("objects")
            .add(
                Bundles.pattern(
                    line.path("id").asText(), line.path("name").asText(), OURS, tactics));
        count++;
      }
    }
    write(bundle.toString());

    var matrix = file.now().matrix();

    assertThat(count).isPositive();
    assertThat(matrix.technique("T1110.001").orElseThrow().name()).isEqualTo("Password Guessing");
    for (String tactic : Matrix.TACTICS) {
      assertThat(matrix.of(tactic)).as(tactic).isNotEmpty();
    }
  }

  // Each with another time: the clock of a file system may stand still in between.
  private void write(String text) throws IOException {
    Path path = Files.writeString(rules.resolve(MatrixFile.NAME), text);
    Files.setLastModifiedTime(
        path, FileTime.from(Instant.parse("2026-11-24T08:00:00Z").plusSeconds(changes++)));
  }
}

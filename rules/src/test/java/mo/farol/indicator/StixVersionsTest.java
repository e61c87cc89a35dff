package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of STIX objects, section 3.6. */
class StixVersionsTest {
  @TempDir Path folder;

  private static String version(String id, String domain, String modified, String more) {
    return "{\"type\":\"indicator\",\"id\":\"indicator--%s\",\"modified\":\"%s\"%s,"
            .formatted(id, modified, more)
        + "\"pattern\":\"[domain-name:value = '%s']\"}\n".formatted(domain);
  }

  @Test
  void the_newest_version_counts_wherever_it_stands_and_a_revoked_one_never() throws IOException {
    var read =
        Seen.file(
            folder,
            "objects.json",
            version("1", "new.test", "2026-02-01T00:00:00.000Z", "")
                + version("1", "old.test", "2026-01-01T00:00:00.000Z", "")
                + version("2", "gone.test", "2026-01-01T00:00:00.000Z", "")
                + version("2", "gone.test", "2026-03-01T00:00:00Z", ",\"revoked\":true")
                + version("3", "other.test", "2026-01-01T00:00:00Z", ""));
    assertThat(read.current().size()).isEqualTo(2);
    assertThat(read.current().find(Kind.DOMAIN, "new.test")).isPresent();
    assertThat(read.current().find(Kind.DOMAIN, "other.test")).isPresent();
    assertThat(read.report().sources().getFirst().passedOver())
        .isEqualTo(
            Map.of("an older version of an indicator", 1, "an indicator that was revoked", 2));
  }

  @Test
  void an_envelope_without_objects_is_nothing_wrong() throws IOException {
    var read = Seen.file(folder, "envelope.json", "{}\n{\"more\":false}\n");
    assertThat(read.report().refusedCount()).isZero();
  }
}

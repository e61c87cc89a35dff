package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import mo.farol.account.Role;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that no calendar on the wall has. */
class EdgeTimesTest {
  private static final String FIRST = "-1000000000-01-01T00:00:00Z";
  private static final String LAST = "%2B1000000000-12-31T23:59:59.999999999Z";

  @TempDir private Path home;
  @AutoClose private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre
        .send(
            "finance",
            Instant.parse("2026-11-24T09:01:00Z"),
            "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - line")
        .join();
    centre.settle();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/search?q=line",
        "/search/fields?q=line",
        "/search/values?q=line&field=host.name",
        "/search/export?q=line",
        "/search/table?q=line+%7C+count",
        "/saved?q=line",
        "/api/v1/events?q=line",
        "/api/v1/events/histogram?q=line",
        "/api/v1/events/top?q=line&field=host.name",
        "/api/v1/events/export?q=line"
      })
  void the_first_and_the_last_of_all_are_asked_of_as_any_other(String path) {
    var ana = new Visitor(centre);
    String[] proof = {"Authorization", "Bearer " + centre.token("ana")};
    for (String time :
        new String[] {
          "&to=" + FIRST,
          "&from=" + LAST,
          "&from=" + FIRST + "&to=" + LAST,
          "&from=" + LAST + "&to=" + FIRST,
          "&span=99999d&to=0001-01-01T00:00:00Z"
        }) {
      assertThat(ana.get(path + time, proof).statusCode()).as(time).isEqualTo(200);
    }
  }
}

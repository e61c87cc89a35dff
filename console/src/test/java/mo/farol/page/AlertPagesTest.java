package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order an alert's page has its events, and an incident's its alerts. */
class AlertPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

  @TempDir private Path home;
  private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    new Story(centre).people();
  }

  @AfterEach
  void close() {
    centre.close();
  }

  @Test
  void events_of_an_alert_stand_by_their_time_however_they_came() {
    var events = new ArrayList<EventId>();
    for (int minutes : List.of(20, 5, 35)) {
      Instant at = NOW.minus(Duration.ofMinutes(minutes));
      String line = "<38>1 %s web-01 sshd 1 - - so long ago %d.".formatted(at, minutes);
      events.add(new EventId(centre.send("finance", NOW, line).join()));
    }
    centre.settle();
    centre.raise(alert("a1", "Guessed", events));

    String page = page("/alerts/" + "a1".repeat(16));

    assertThat(page).containsSubsequence("so long ago 5.", "so long ago 20.", "so long ago 35.");
  }

  @Test
  void alerts_of_an_incident_stand_by_when_they_were_raised_the_newest_first() {
    var events = List.of(new EventId(0));
    raised(alert("a1", "Raised second", events), 30, 20);
    raised(alert("b2", "Raised third", events), 60, 10);
    raised(alert("c3", "Raised first", events), 40, 25);

    var incidents = centre.incidents.list(true, Scope.national(), 10, Optional.empty()).items();

    assertThat(incidents).hasSize(1);
    String page = page("/incidents/" + incidents.getFirst().id());
    int from = page.indexOf("<th>Severity</th><th>Raised</th>");
    String table = page.substring(from, page.indexOf("</table>", from));
    assertThat(table).containsSubsequence("Raised third", "Raised second", "Raised first");
    assertThat(table).contains("09:20:00").doesNotContain("08:30:00");
  }

  private void raised(Alert alert, int firstMinutes, int raisedMinutes) {
    centre.raise(
        alert
            .change()
            .at(
                NOW.minus(Duration.ofMinutes(firstMinutes)),
                NOW.minus(Duration.ofMinutes(raisedMinutes)),
                NOW.minus(Duration.ofMinutes(raisedMinutes)))
            .build());
  }

  private static Alert alert(String id, String title, List<EventId> events) {
    return Story.alert(id, Level.HIGH, "finance", title, events, List.of("T1110"), events.size());
  }

  private String page(String path) {
    var visitor = new Visitor(centre);
    visitor.signIn("ana");
    return visitor.get(path).body();
  }
}

package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.health.LastBackup;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the centre is told above every page, to those of the centre. */
class TroublesTest {
  private static final String KEPT = "nothing new is kept";
  private static final String NOT_BACKED_UP = "not backed up as it should be";
  private static final String PIECES = "journal/quarantine";
  private static final String WHY = "No space left on <b>device</b>";

  @TempDir private Path home;
  @AutoClose private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.account("olga", Role.OPERATOR, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("finance"));
  }

  @Test
  void a_journal_that_cannot_be_written_is_told_on_every_page_with_the_reason_as_text() {
    var olga = signedIn("olga");
    assertThat(olga.get("/").body()).doesNotContain(KEPT);

    centre.faults.journalFault = WHY;

    for (String page : new String[] {"/", "/search", "/alerts", "/sources", "/unread"}) {
      assertThat(olga.get(page).body())
          .as(page)
          .contains(KEPT, "No space left on &lt;b&gt;device")
          .doesNotContain(WHY);
    }
    centre.faults.journalFault = null;
    assertThat(olga.get("/").body()).doesNotContain(KEPT);
  }

  @Test
  void a_home_that_is_not_backed_up_is_told_to_who_runs_it_and_to_nobody_else() {
    centre.account("ana", Role.ANALYST, Optional.empty());
    var olga = signedIn("olga");
    var now = centre.clock.instant();
    assertThat(olga.get("/").body()).doesNotContain(NOT_BACKED_UP);
    assertThat(olga.get("/proof").body()).contains("None was made yet");

    centre.faults.began = now.minus(Duration.ofDays(8));
    assertThat(olga.get("/").body()).contains(NOT_BACKED_UP);
    assertThat(signedIn("ana").get("/").body()).doesNotContain(NOT_BACKED_UP);
    assertThat(signedIn("ana").get("/proof").body()).doesNotContain("None was made yet");
    assertThat(olga.get("/healthz").body()).isEqualTo("ok");

    LastBackup.made(home, now.minus(Duration.ofDays(6)), Path.of("/mnt/backup/farol-1"));
    assertThat(olga.get("/").body()).doesNotContain(NOT_BACKED_UP);
    assertThat(olga.get("/proof").body()).contains("/mnt/backup/farol-1");

    LastBackup.failed(home, now, WHY);
    assertThat(olga.get("/").body())
        .contains(NOT_BACKED_UP, "No space left on &lt;b&gt;device")
        .doesNotContain(WHY);
    assertThat(olga.get("/proof").body()).contains("/mnt/backup/farol-1").doesNotContain(WHY);

    LastBackup.made(home, now.minus(Duration.ofDays(8)), Path.of("/mnt/backup/farol-2"));
    assertThat(olga.get("/").body()).contains(NOT_BACKED_UP, "/mnt/backup/farol-2");
  }

  @Test
  void an_agency_is_told_nothing_of_the_centre() {
    centre.faults.journalFault = WHY;
    centre.faults.quarantined = 2;

    assertThat(signedIn("rui").get("/sources").body()).doesNotContain(KEPT, PIECES);
  }

  @Test
  void whoever_watches_the_centre_is_answered_503_without_the_reason() {
    var anybody = new Visitor(centre);
    assertThat(anybody.get("/healthz").statusCode()).isEqualTo(200);

    centre.faults.journalFault = WHY;

    var answer = anybody.get("/healthz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("journal");
  }

  @Test
  void damage_set_aside_is_shown_and_no_reason_to_restart_the_centre() {
    centre.faults.quarantined = 2;

    assertThat(signedIn("olga").get("/").body()).contains(PIECES);
    assertThat(new Visitor(centre).get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void a_clock_that_retention_does_not_believe_is_told() {
    centre.faults.ahead = Duration.ofDays(3_650);

    assertThat(signedIn("olga").get("/").body()).contains("far ahead", "3650 d");
    assertThat(new Visitor(centre).get("/healthz").statusCode()).isEqualTo(200);
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }
}

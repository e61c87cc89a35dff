package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.sigma.RuleRef;
import mo.farol.window.LateHit;
import org.junit.jupiter.api.Test;

class LateHitsTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

  private static LateHit hit(String agency, long event) {
    var rule = new RuleRef("r", "v", "Too many logins");
    return new LateHit(
        rule, agency, "", false, Map.of("user.name", "x"), new EventId(event), AT, AT);
  }

  @Test
  void the_newest_thousand_are_kept_and_all_are_counted() {
    var late = new LateHits();
    for (int i = 0; i < 1_500; i++) {
      late.late(hit("a", i));
    }
    var told = late.told(Scope.national(), 3);

    assertThat(told.count()).isEqualTo(1_500);
    assertThat(told.hits())
        .extracting(hit -> hit.event().sequence())
        .containsExactly(1_499L, 1_498L, 1_497L);
  }

  @Test
  void who_sees_one_agency_is_told_of_its_hits_alone() {
    var late = new LateHits();
    late.late(hit("a", 1));
    late.late(hit("b", 2));

    assertThat(late.told(Scope.of("b"), 9).count()).isEqualTo(1);
    assertThat(late.told(Scope.of("b"), 9).hits()).extracting(LateHit::agency).containsExactly("b");
  }
}

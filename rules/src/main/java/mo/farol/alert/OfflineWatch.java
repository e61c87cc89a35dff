package mo.farol.alert;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import mo.farol.silence.SilenceConfig;
import mo.farol.silence.Sources;
import mo.farol.window.LateHit;
import mo.farol.window.WindowConfig;
import mo.farol.window.Windows;

/** A watch beside any centre: all it leaves behind is what its book takes. */
final class OfflineWatch {
  private OfflineWatch() {}

  static Watch watch(RuleSet rules, DecisionBook decisions, AlertBook book, InstantSource clock) {
    var metrics = new SimpleMeterRegistry();
    return new Watch(
        rules,
        new Windows(
            rules.windows(), WindowConfig.defaults(), metrics, Optional.empty(), LateHit.Sink.NONE),
        decisions,
        DeskConfig.standard(),
        new Sources(SilenceConfig.defaults(), clock),
        book,
        LookBack.NONE,
        clock,
        metrics,
        _ -> {});
  }
}

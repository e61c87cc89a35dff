package mo.farol.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mo.farol.alert.WhyFields;
import mo.farol.alert.WhyStep;

/** Which host fell silent or spoke otherwise than it is used to. */
final class SilenceSentence {
  private final StepText text;

  private SilenceSentence(StepText text) {
    this.text = text;
  }

  static Optional<String> of(StepText text) {
    return new SilenceSentence(text).silence();
  }

  private Optional<String> silence() {
    var host = text.value("host.name");
    var said = text.value(WhyStep.SILENCE_KIND).flatMap(kind -> host.flatMap(h -> silent(kind, h)));
    return said.map(
        s ->
            s
                + (text.has(WhyStep.SILENCE_AGENCY) ? text.words().get("why.agency") : "")
                + (text.has(WhyStep.SILENCE_DAY_OFF) ? text.words().get("why.dayoff") : ""));
  }

  private Optional<String> silent(String kind, String host) {
    String key = WhyWords.SAY + "SILENCE." + kind;
    var last = text.value(WhyFields.SILENCE_LAST).map(Instant::parse);
    if (last.isEmpty() || text.words().get(key).equals(key)) {
      return Optional.empty();
    }
    String heard = Shown.time(last.get());
    return switch (kind) {
      case "silent" ->
          text.value(WhyFields.SILENCE_PAUSE)
              .map(
                  pause ->
                      text.words()
                          .get(
                              key,
                              host,
                              Shown.span(
                                  Duration.between(
                                      last.get(), Instant.ofEpochMilli(text.step().to()))),
                              heard,
                              StepText.span(pause)));
      case "partial" ->
          text.value(WhyStep.SILENCE_PROGRAM)
              .map(
                  program ->
                      text.words()
                          .get(
                              key,
                              host,
                              program,
                              Shown.time(Instant.ofEpochMilli(text.step().from()))));
      default ->
          text.value(WhyFields.SILENCE_SEEN)
              .flatMap(
                  seen ->
                      text.value(WhyFields.SILENCE_USUAL)
                          .map(
                              usual ->
                                  text.words()
                                      .get(
                                          key,
                                          host,
                                          StepText.figure(seen),
                                          StepText.figure(usual),
                                          heard)));
    };
  }
}

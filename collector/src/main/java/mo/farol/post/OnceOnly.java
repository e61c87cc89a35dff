package mo.farol.post;

import java.util.zip.CRC32C;
import mo.farol.event.FrameBatch;

/** A body with an idempotency key: kept the first time, and answered the same ever after. */
final class OnceOnly implements Reception {
  private static final Refusal REUSED =
      new Refusal(
          422,
          "key",
          "The Idempotency-Key was used before",
          "Another body came with this key: give every request a key of its own.");

  private final Reception body;
  private final Keys keys;
  private final String agency;
  private final String key;
  private final CRC32C sum = new CRC32C();
  private long length;

  OnceOnly(Reception body, Keys keys, String agency, String key) {
    this.body = body;
    this.keys = keys;
    this.agency = agency;
    this.key = key;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    sum.update(bytes, from, to - from);
    length += to - from;
    body.take(bytes, from, to);
  }

  @Override
  public long held() {
    return body.held();
  }

  @Override
  public Ending end() {
    var ending = body.end();
    return ending instanceof Ending.Keep keep
        ? switch (keys.claim(agency, key, length << Integer.SIZE ^ sum.getValue())) {
          case Keys.Claim.First(Keys.Use use) -> once(keep, use);
          case Keys.Claim.Again(Keys.Use use) -> new Ending.Wait(use.outcome());
          case Keys.Claim.Differs() -> new Ending.Refused(REUSED);
        }
        : ending;
  }

  private Ending once(Ending.Keep keep, Keys.Use use) {
    return new Ending.Keep(
        keep.frames(),
        keep.format(),
        new Ending.Kept() {
          @Override
          public Answer answer(long first, FrameBatch frames) {
            var answer = keep.kept().answer(first, frames);
            use.outcome().complete(answer);
            return answer;
          }

          @Override
          public void failed() {
            keys.forget(agency, key, use);
          }
        });
  }
}

package mo.farol.search;

import java.time.Duration;

/**
 * Bounds of one question.
 *
 * @param deadline time after which what was found so far is told, and told to be partial
 * @param limit rows of one page at most
 * @param pipes bounds of stages
 */
public record SearchConfig(Duration deadline, int limit, PipeConfig pipes) {
  /** With usual bounds of stages. */
  public SearchConfig(Duration deadline, int limit) {
    this(deadline, limit, PipeConfig.defaults());
  }

  /** Ten seconds, 10,000 rows. */
  public static SearchConfig defaults() {
    return new SearchConfig(Duration.ofSeconds(10), 10_000, PipeConfig.defaults());
  }
}

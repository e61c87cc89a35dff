package mo.farol.page;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mo.farol.search.Asker;
import mo.farol.search.LaneConfig;
import mo.farol.search.Search;
import org.awaitility.Awaitility;

/**
 * As many searches under way as one person may have; until it is let go every other of theirs is
 * refused.
 */
final class SearchCrowd {
  private static final int MOST_OF_ONE = LaneConfig.defaults().mostOfOne();
  private static final String QUERY = "crowd";

  private final CountDownLatch release = new CountDownLatch(1);
  private final Search search;
  private final Asker asker;

  private SearchCrowd(Search search, Asker asker) {
    this.search = search;
    this.asker = asker;
  }

  /** Waits until all are under way. */
  static SearchCrowd of(Search search, Asker asker) {
    var crowd = new SearchCrowd(search, asker);
    for (int i = 0; i < MOST_OF_ONE; i++) {
      Thread.startVirtualThread(() -> search.run(asker, QUERY, _ -> crowd.waits()));
    }
    Awaitility.await().until(() -> crowd.underWay() == MOST_OF_ONE);
    return crowd;
  }

  private boolean waits() {
    try {
      return release.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long underWay() {
    return search.underWay(asker).stream().filter(u -> u.query().equals(QUERY)).count();
  }

  /** Lets them end. */
  void letGo() {
    release.countDown();
  }
}

package mo.farol.hunt;

import java.util.List;
import java.util.Optional;

/** Where hunts are kept; a room above this one has it. Any thread. */
public interface HuntBook {
  /** Keeps one that begins. */
  void begun(HuntEntry entry);

  /** Keeps how one ended. */
  void ended(HuntEntry entry);

  /** Those of one scope, the newest first, without what was hunted and found. */
  List<HuntEntry> of(String seers, int most);

  /** One of a scope. */
  Optional<HuntEntry> find(String id, String seers);

  /** Removes one of a scope that has ended; false where there is none. */
  boolean remove(String id, String seers, String by);
}

package mo.farol.parse;

import mo.farol.event.Fields;

/** What a line tells: dataset, category, action and, where it tells one, the outcome. */
final class Kind {
  private static final byte[] NONE = {};

  private final byte[] dataset;
  private final byte[] category;
  private final byte[] action;
  private final byte[] outcome;

  private Kind(byte[] dataset, byte[] category, byte[] action, byte[] outcome) {
    this.dataset = dataset;
    this.category = category;
    this.action = action;
    this.outcome = outcome;
  }

  /** A kind in which an empty text says nothing. */
  static Kind of(String dataset, String category, String action) {
    return new Kind(Ascii.bytes(dataset), Ascii.bytes(category), Ascii.bytes(action), NONE);
  }

  Kind succeeded() {
    return new Kind(dataset, category, action, Words.SUCCESS);
  }

  Kind failed() {
    return new Kind(dataset, category, action, Words.FAILURE);
  }

  void addTo(EventDraft draft) {
    word(draft, Fields.EVENT_DATASET, dataset);
    word(draft, Fields.EVENT_CATEGORY, category);
    word(draft, Fields.EVENT_ACTION, action);
    word(draft, Fields.EVENT_OUTCOME, outcome);
  }

  /** Adds only what the event does not say itself. */
  void addMissing(EventDraft draft) {
    missing(draft, Fields.EVENT_DATASET, dataset);
    missing(draft, Fields.EVENT_CATEGORY, category);
    missing(draft, Fields.EVENT_ACTION, action);
    missing(draft, Fields.EVENT_OUTCOME, outcome);
  }

  private static void missing(EventDraft draft, int field, byte[] word) {
    if (draft.into().findOpen(field) < 0) {
      word(draft, field, word);
    }
  }

  private static void word(EventDraft draft, int field, byte[] word) {
    if (word.length > 0) {
      draft.word(field, word);
    }
  }
}

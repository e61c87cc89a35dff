package mo.farol.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import mo.farol.seal.CompactRange;
import mo.farol.seal.Hash;
import mo.farol.seal.Head;
import mo.farol.seal.SealFault;
import mo.farol.seal.TreeReader;

/**
 * The leaves that lead to the signed heads, head by head. Where the tree's file does not, the
 * journal's frames may: then the file was changed and not the frames.
 */
final class SealedLeaves {
  /** What leads to a head: the tree's file, the journal's frames, neither. */
  enum Grew {
    BY_FILE,
    BY_FRAMES,
    NOT
  }

  private static final int PIECE = 256;

  private final TreeReader tree;
  private final FrameLeaves frames;
  private final Verdict.Notes notes;
  private CompactRange grown = new CompactRange();
  private boolean isLost;
  private LongFunction<Hash> source;

  SealedLeaves(TreeReader tree, FrameLeaves frames, Verdict.Notes notes) {
    this.tree = tree;
    this.frames = frames;
    this.notes = notes;
    this.source = tree::leaf;
  }

  /** Goes on to a head. */
  Grew growTo(Head head) {
    long from = grown.size();
    var stored = grown.copy();
    boolean isStored = addStored(stored, head.size()) && stored.root().equals(head.root());
    if (isStored) {
      checkUpper(from, head.size());
      grown = stored;
      return Grew.BY_FILE;
    }
    var computed = grown.copy();
    for (long at = from; at < head.size(); at++) {
      computed.add(frames.leaf(at));
    }
    boolean isComputed = computed.root().equals(head.root());
    tellDifferences(from, head, isComputed);
    grown = isComputed ? computed : stored;
    return isComputed ? Grew.BY_FRAMES : Grew.NOT;
  }

  /** Chooses whose leaves {@link #sealed} gives. */
  void use(Grew by) {
    source = by == Grew.BY_FRAMES ? frames::leaf : tree::leaf;
  }

  /** Hash of a leaf below the last head. */
  Hash sealed(long at) {
    return source.apply(at);
  }

  private boolean addStored(CompactRange growth, long to) {
    byte[] piece = new byte[PIECE * Hash.LENGTH];
    try {
      while (growth.size() < to) {
        int count = (int) Math.min(PIECE, to - growth.size());
        tree.leaves(growth.size(), count, piece);
        for (int i = 0; i < count; i++) {
          growth.add(Hash.of(piece, i * Hash.LENGTH));
        }
      }
      return true;
    } catch (SealFault e) {
      tellLost(e);
      while (growth.size() < to) {
        growth.add(Hash.ZERO);
      }
      return false;
    }
  }

  private void tellLost(SealFault why) {
    if (!isLost) {
      isLost = true;
      notes.wrong(
          "%s: it was lost or cut, which is no change; put the folder seal back from the backup."
              + " Without one the next start makes it again, unless retention removed frames: the"
              + " leaves of those are nowhere else",
          why.getMessage());
    }
  }

  private void tellDifferences(long from, Head head, boolean isComputed) {
    List<Long> differing = new ArrayList<>();
    for (long at = from; at < head.size(); at++) {
      if (!isStored(at)) {
        differing.add(at);
      }
    }
    for (long at : differing) {
      notes.wrong(
          isComputed
              ? "the leaf of event %d in the tree's file was changed; the event is as it was"
                  + " received"
              : "event %d and its leaf do not agree",
          at);
    }
    if (!isComputed) {
      notes.wrong(
          "events %d to %d do not lead to the head of %d events signed at %s: %s",
          from, head.size() - 1, head.size(), head.at(), whyNot(differing));
    }
  }

  private String whyNot(List<Long> differing) {
    if (isLost) {
      return "the tree was lost, and not every frame is there to make it again";
    }
    return differing.isEmpty()
        ? "events and tree were changed alike, or the head is of another tree"
        : "tree and events were changed";
  }

  // A leaf that was lost says nothing.
  private boolean isStored(long at) {
    try {
      return tree.leaf(at).equals(frames.leaf(at));
    } catch (SealFault e) {
      return true;
    }
  }

  // The levels above the leaves are made of them; proofs are read from there.
  private void checkUpper(long from, long to) {
    try {
      tree.checkUpper(from, to)
          .forEach(sentence -> notes.wrong("%s; the leaves and events are as they were", sentence));
    } catch (SealFault e) {
      notes.wrong("%s", e.getMessage());
    }
  }
}

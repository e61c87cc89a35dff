package mo.farol.seal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Proofs of RFC 9162 section 2.1, made and checked. */
public final class Merkle {
  /** Hashes of subtrees, as section 2.1.1 splits them. */
  public interface Subtrees {
    /** Hash of the leaves {@code from .. to}. */
    Hash hash(long from, long to);
  }

  private Merkle() {}

  /** Hash of a tree without leaves. */
  public static Hash empty() {
    return Hash.sha256(new byte[0]);
  }

  /**
   * What leads from the leaves {@code from .. to} to the root. For one leaf it is the inclusion
   * path of section 2.1.3.1; for more, every subtree beside them, in the same order.
   */
  public static List<Hash> path(Subtrees tree, long from, long to, long size) {
    if (from < 0 || from >= to || to > size) {
      throw new IllegalArgumentException(from + " to " + to + " is no part of " + size + " leaves");
    }
    var path = new ArrayList<Hash>();
    path(tree, from, to, 0, size, path);
    return path;
  }

  private static void path(
      Subtrees tree, long from, long to, long first, long end, List<Hash> path) {
    if (end - first == 1 || (from <= first && end <= to)) {
      return;
    }
    long middle = first + split(end - first);
    if (to <= middle) {
      path(tree, from, to, first, middle, path);
      path.add(tree.hash(middle, end));
    } else if (from >= middle) {
      path(tree, from, to, middle, end, path);
      path.add(tree.hash(first, middle));
    } else {
      path(tree, from, to, first, middle, path);
      path(tree, from, to, middle, end, path);
    }
  }

  /**
   * The root that leaves and a {@link #path} lead to.
   *
   * @param from index of the first leaf
   * @param size leaves of the whole tree
   * @throws IllegalArgumentException where the path has not the length it must have
   */
  public static Hash root(List<Hash> leaves, long from, long size, List<Hash> path) {
    if (leaves.isEmpty() || from < 0 || from + leaves.size() > size) {
      throw new IllegalArgumentException("these leaves are no part of " + size);
    }
    var beside = path.iterator();
    try {
      var root = new Climb(new Sha(), leaves, from, beside).hash(0, size);
      if (!beside.hasNext()) {
        return root;
      }
    } catch (NoSuchElementException e) {
      // told below, like a path too long
    }
    throw new IllegalArgumentException("the path has not as many hashes as it must have");
  }

  private record Climb(Sha sha, List<Hash> leaves, long from, Iterator<Hash> beside) {
    Hash hash(long first, long end) {
      if (end - first == 1) {
        return leaves.get((int) (first - from));
      }
      long to = from + leaves.size();
      long middle = first + split(end - first);
      if (to <= middle) {
        var left = hash(first, middle);
        return sha.node(left, beside.next());
      }
      if (from >= middle) {
        var right = hash(middle, end);
        return sha.node(beside.next(), right);
      }
      var left = hash(first, middle);
      return sha.node(left, hash(middle, end));
    }
  }

  /**
   * Proof that a tree of {@code second} leaves begins with one of {@code first}, section 2.1.4.1.
   */
  public static List<Hash> consistency(Subtrees tree, long first, long second) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException(first + " leaves are no part of " + second);
    }
    var proof = new ArrayList<Hash>();
    if (first > 0 && first < second) {
      consistency(tree, first, 0, second, true, proof);
    }
    return proof;
  }

  private static void consistency(
      Subtrees tree, long known, long first, long end, boolean isKnown, List<Hash> proof) {
    if (known == end) {
      if (!isKnown) {
        proof.add(tree.hash(first, end));
      }
      return;
    }
    long middle = first + split(end - first);
    if (known <= middle) {
      consistency(tree, known, first, middle, isKnown, proof);
      proof.add(tree.hash(middle, end));
    } else {
      consistency(tree, known, middle, end, false, proof);
      proof.add(tree.hash(first, middle));
    }
  }

  /** Checks a {@link #consistency} proof as section 2.1.4.2 does. */
  public static boolean isConsistent(
      long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> proof) {
    if (first == 0 || first == second) {
      return proof.isEmpty() && (first == 0 || firstRoot.equals(secondRoot));
    }
    var path = new ArrayList<>(proof);
    if (Long.bitCount(first) == 1) {
      path.addFirst(firstRoot);
    }
    if (first > second || proof.isEmpty()) {
      return false;
    }
    var sha = new Sha();
    int even = Long.numberOfTrailingZeros(~(first - 1));
    long fn = (first - 1) >>> even;
    long sn = (second - 1) >>> even;
    Hash fr = path.getFirst();
    Hash sr = fr;
    for (Hash next : path.subList(1, path.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = sha.node(next, fr);
        sr = sha.node(next, sr);
        int shift = (fn & 1) == 1 || fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
        fn >>>= shift;
        sn >>>= shift;
      } else {
        sr = sha.node(sr, next);
      }
      fn >>>= 1;
      sn >>>= 1;
    }
    return sn == 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
  }

  /** The largest power of two below {@code n}. */
  static long split(long n) {
    return Long.highestOneBit(n - 1);
  }
}

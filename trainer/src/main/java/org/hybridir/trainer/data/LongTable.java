package org.hybridir.trainer.data;

/** A map from long to int by open addressing, at a tenth of the memory of boxed objects. Absent keys have the value 0. */
final class LongTable {
    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    /** Of 0, which marks a free place. */
    private int valueOfZero;

    private int size;

    int get(long key) {
        return key == 0 ? valueOfZero : values[place(key)];
    }

    void put(long key, int value) {
        if (key == 0) {
            valueOfZero = value;
            return;
        }
        int place = place(key);
        if (keys[place] == 0) {
            if (2 * size >= keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
            size++;
        }
        values[place] = value;
    }

    private int place(long key) {
        int place = Long.hashCode(key * 0x9E3779B97F4A7C15L) & (keys.length - 1);
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}

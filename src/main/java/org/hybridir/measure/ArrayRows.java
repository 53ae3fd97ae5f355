package org.hybridir.measure;

/** {@link VectorRows} of an array. */
record ArrayRows(float[][] vectors) implements VectorRows {
    ArrayRows {
        for (int place = 0; place < vectors.length; place++) {
            if (vectors[place].length != vectors[0].length) {
                throw new IllegalArgumentException("the vector on place [" + place + "] has [" + vectors[place].length
                        + "] dimensions, the first one [" + vectors[0].length + "]");
            }
        }
    }

    @Override
    public int size() {
        return vectors.length;
    }

    @Override
    public int dimension() {
        return vectors.length == 0 ? 0 : vectors[0].length;
    }

    @Override
    public void copy(int first, int n, float[] into) {
        int dimension = dimension();
        for (int i = 0; i < n; i++) {
            System.arraycopy(vectors[first + i], 0, into, i * dimension, dimension);
        }
    }
}

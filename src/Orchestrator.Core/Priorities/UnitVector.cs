using System.Numerics;

namespace Orchestrator.Core.Priorities;

/// <summary>Embeddings of length one, whose dot product is their cosine.</summary>
internal static class UnitVector
{
    /// <summary>The direction of a vector, or null where it has none: empty, zero, or with values that are no numbers.</summary>
    public static float[]? Of(ReadOnlySpan<float> vector)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        if (!double.IsFinite(length) || length <= 0)
        {
            return null;
        }

        var unit = new float[vector.Length];
        for (var index = 0; index < unit.Length; index++)
        {
            unit[index] = (float)(vector[index] / length);
        }

        return unit;
    }

    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sums = Vector<float>.Zero;
        var index = 0;
        for (; index <= left.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            sums += new Vector<float>(left[index..]) * new Vector<float>(right[index..]);
        }

        double sum = Vector.Sum(sums);
        for (; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }
}

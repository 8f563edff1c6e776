using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RpcStore.Digests;

/// <summary>
/// Computes the id of bytes that come piece by piece. Rented from a pool, because the state of either digest is worth
/// keeping when blobs are small and many. For one caller at a time.
/// </summary>
public sealed class BlobHasher : IDisposable
{
    // As many as blobs that are plausibly hashed at once; what is returned beyond it is left to the collector.
    private const int MaxPooled = 64;

    private static readonly ConcurrentQueue<BlobHasher> Sha256Pool = new();
    private static readonly ConcurrentQueue<BlobHasher> Blake2bPool = new();

    private readonly IncrementalHash? _sha256;
    private readonly Blake2b? _blake2b;
    private bool _dirty;
    private bool _returned;

    private BlobHasher(DigestFunction function)
    {
        Function = function;
        switch (function)
        {
            case DigestFunction.Sha256:
                _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                break;
            case DigestFunction.Blake2b:
                _blake2b = new Blake2b(BlobId.DigestLength);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function, "not a digest function");
        }
    }

    /// <summary>The digest that is computed.</summary>
    public DigestFunction Function { get; }

    /// <summary>Gives a hasher that has seen no bytes. Dispose it to give it back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The function is unknown.</exception>
    public static BlobHasher Rent(DigestFunction function)
    {
        if (Pool(function).TryDequeue(out BlobHasher? hasher))
        {
            hasher._returned = false;
            return hasher;
        }

        return new BlobHasher(function);
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_returned, this);
        _dirty = true;
        if (_sha256 is not null)
        {
            _sha256.AppendData(bytes);
        }
        else
        {
            _blake2b!.Append(bytes);
        }
    }

    /// <summary>The id of all bytes so far; the hasher then starts anew.</summary>
    public BlobId Finish()
    {
        ObjectDisposedException.ThrowIf(_returned, this);
        Span<byte> digest = stackalloc byte[BlobId.DigestLength];
        if (_sha256 is not null)
        {
            _sha256.GetHashAndReset(digest);
        }
        else
        {
            _blake2b!.GetHashAndReset(digest);
        }

        _dirty = false;
        return BlobId.FromDigest(Function, digest);
    }

    /// <summary>Forgets the bytes so far.</summary>
    public void Reset()
    {
        if (_dirty)
        {
            Finish();
        }
    }

    /// <summary>Gives the hasher back; it must not be used after.</summary>
    public void Dispose()
    {
        if (_returned)
        {
            return;
        }

        Reset();
        _returned = true;
        ConcurrentQueue<BlobHasher> pool = Pool(Function);
        if (pool.Count < MaxPooled)
        {
            pool.Enqueue(this);
        }
        else
        {
            _sha256?.Dispose();
        }
    }

    private static ConcurrentQueue<BlobHasher> Pool(DigestFunction function) => function switch
    {
        DigestFunction.Sha256 => Sha256Pool,
        DigestFunction.Blake2b => Blake2bPool,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "not a digest function"),
    };
}

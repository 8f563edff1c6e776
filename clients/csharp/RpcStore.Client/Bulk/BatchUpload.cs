using System.Runtime.CompilerServices;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Bulk;

/// <summary>The bytes of an upload transfer and their answer.</summary>
internal static class BatchUpload
{
    /// <summary>Sends a batch to where the transfer says; gives the results as the server tells them, once it has read all.</summary>
    /// <exception cref="RpcException">The server refused the batch, or, after its results, an error ended it.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    public static async IAsyncEnumerable<BatchEntryResult> SendAsync(
        ServerHttp http, Transfer transfer, HttpContent content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, transfer.Url) { Content = content };
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode && !IsJson(response))
        {
            throw await HttpErrors.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }

        // An error that ended the batch comes with a status of its own and the results that are valid nevertheless.
        await using var answer = await http.OpenBodyAsync(response, cancellationToken).ConfigureAwait(false);
        await foreach (var entry in BatchResultReader.ReadAsync(answer, cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    private static bool IsJson(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "application/json";
}

using System.Net;

namespace RpcStore.EndToEnd.Support;

/// <summary>Serves with the framework's own listener, which knows nothing of the server under test.</summary>
internal static class HttpRequests
{
    /// <summary>Answers one request after the other until the listener is stopped.</summary>
    public static async Task ServeAsync(this HttpListener listener, Func<HttpListenerContext, Task> answerAsync)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await answerAsync(context);
        }
    }
}

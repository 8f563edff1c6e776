using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Telemetry;

/// <summary>Measures every call of a method, and makes a span of it where somebody takes spans.</summary>
/// <param name="metrics">Counts.</param>
internal sealed class MeasuredMethods(ServerMetrics metrics)
{
    /// <summary>The same methods, measured.</summary>
    public IEnumerable<RpcMethod> Measure(IEnumerable<RpcMethod> methods) => methods.Select(Measure);

    private RpcMethod Measure(RpcMethod method)
    {
        var tally = metrics.Tally(method.Name);
        return new RpcMethod(method.Name, method.Access, (parameters, call) =>
        {
            var observation = CallObservation.Begin(tally);
            ValueTask run;
            try
            {
                run = method.Invoke(parameters, call);
            }
            catch (Exception e)
            {
                observation.End(ErrorMapper.NameOf(e));
                throw;
            }

            if (!run.IsCompletedSuccessfully)
            {
                observation.Leave();
                return FinishAsync(run, observation);
            }

            observation.End(error: null);
            return run;
        });
    }

    private static async ValueTask FinishAsync(ValueTask run, CallObservation observation)
    {
        try
        {
            await run;
        }
        catch (Exception e)
        {
            observation.End(ErrorMapper.NameOf(e));
            throw;
        }

        observation.End(error: null);
    }
}

// Calls that are sent one after another without waiting are answered in any order.
>> {"jsonrpc":"2.0","id":"a","method":"transfers.list","params":["running"]}
>> {"jsonrpc":"2.0","id":"b","method":"blobs.has","params":[["0000000000000000000000000000000000000000000000000000000000000000"]]}
>> {"jsonrpc":"2.0","id":"c","method":"transfers.get","params":["00000000000000000000000000000000"]}
<< {"jsonrpc":"2.0","id":"b","result":{"present":[],"missing":["0000000000000000000000000000000000000000000000000000000000000000"]}}
<< {"jsonrpc":"2.0","id":"c","error":{"code":404,"message":"<text>","data":{"name":"notFound","id":"00000000000000000000000000000000","...":"<any>"}}}
<< {"jsonrpc":"2.0","id":"a","result":{"transfers":[]}}
